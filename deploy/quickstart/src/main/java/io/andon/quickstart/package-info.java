@NullMarked
package io.andon.quickstart;

import org.jspecify.annotations.NullMarked;
