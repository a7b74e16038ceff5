@NullMarked
package io.andon.bench.figures;

import org.jspecify.annotations.NullMarked;
