/** Numbered frames with anomalies that are known. */
@NullMarked
package io.andon.chaos.load;

import org.jspecify.annotations.NullMarked;
