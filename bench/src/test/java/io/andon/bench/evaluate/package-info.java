@NullMarked
package io.andon.bench.evaluate;

import org.jspecify.annotations.NullMarked;
