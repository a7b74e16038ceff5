/** What the options of measuring commands may be. */
@NullMarked
package io.andon.bench.options;

import org.jspecify.annotations.NullMarked;
