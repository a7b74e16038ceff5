@NullMarked
package io.andon.job.frames;

import org.jspecify.annotations.NullMarked;
