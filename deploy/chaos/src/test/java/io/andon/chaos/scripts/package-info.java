/** The scripts, with the programs that they call standing in. */
@NullMarked
package io.andon.chaos.scripts;

import org.jspecify.annotations.NullMarked;
