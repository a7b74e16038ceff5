@NullMarked
package io.andon.contracts;

import org.jspecify.annotations.NullMarked;
