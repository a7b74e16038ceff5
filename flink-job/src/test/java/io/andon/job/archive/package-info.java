@NullMarked
package io.andon.job.archive;

import org.jspecify.annotations.NullMarked;
