@NullMarked
package io.andon.job.kafka;

import org.jspecify.annotations.NullMarked;
