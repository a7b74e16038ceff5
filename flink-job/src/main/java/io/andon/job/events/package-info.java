@NullMarked
package io.andon.job.events;

import org.jspecify.annotations.NullMarked;
