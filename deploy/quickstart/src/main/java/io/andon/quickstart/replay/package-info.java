/**
 * The simulated lines, faster than real time, through the product's own decoder, model and
 * detection.
 */
@NullMarked
package io.andon.quickstart.replay;

import org.jspecify.annotations.NullMarked;
