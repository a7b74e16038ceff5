/**
 * The inner loops of detection, which take most of its time, behind interfaces: plain Java that
 * runs everywhere, and whatever a provider on the class path offers. Results are the same bits
 * whichever computes them.
 */
@NullMarked
package io.andon.detection.kernel;

import org.jspecify.annotations.NullMarked;
