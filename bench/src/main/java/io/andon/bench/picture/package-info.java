/** Pictures in memory: what all that makes or changes some needs. */
@NullMarked
package io.andon.bench.picture;

import org.jspecify.annotations.NullMarked;
