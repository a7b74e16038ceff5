@NullMarked
package io.andon.chaos;

import org.jspecify.annotations.NullMarked;
