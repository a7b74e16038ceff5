@NullMarked
package io.andon.bench.broker;

import org.jspecify.annotations.NullMarked;
