/**
 * Measures detection on labelled pictures and videos, by the product's own decoder, model and
 * detector. See docs/evaluation.md.
 */
@NullMarked
package io.andon.bench.evaluate;

import org.jspecify.annotations.NullMarked;
