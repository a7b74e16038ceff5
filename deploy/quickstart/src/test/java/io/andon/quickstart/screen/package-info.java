/** Tests of what the demo shows. */
@NullMarked
package io.andon.quickstart.screen;

import org.jspecify.annotations.NullMarked;
