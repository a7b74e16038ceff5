@NullMarked
package io.andon.job.detect;

import org.jspecify.annotations.NullMarked;
