@NullMarked
package io.andon.bench.evaluate.data;

import org.jspecify.annotations.NullMarked;
