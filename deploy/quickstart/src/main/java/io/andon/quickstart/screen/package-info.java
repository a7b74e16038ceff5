@NullMarked
package io.andon.quickstart.screen;

import org.jspecify.annotations.NullMarked;
