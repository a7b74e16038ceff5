/** Reads folders of labelled pictures and videos. */
@NullMarked
package io.andon.bench.evaluate.data;

import org.jspecify.annotations.NullMarked;
