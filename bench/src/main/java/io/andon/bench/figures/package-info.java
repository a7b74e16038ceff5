/** Where the figures of long runs go. */
@NullMarked
package io.andon.bench.figures;

import org.jspecify.annotations.NullMarked;
