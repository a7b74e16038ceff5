/** Baselines kept from time to time, so that an event can be replayed against the one it met. */
@NullMarked
package io.andon.job.archive;

import org.jspecify.annotations.NullMarked;
