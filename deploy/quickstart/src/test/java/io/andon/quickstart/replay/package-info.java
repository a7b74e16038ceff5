/** Tests of the replayed lines. */
@NullMarked
package io.andon.quickstart.replay;

import org.jspecify.annotations.NullMarked;
