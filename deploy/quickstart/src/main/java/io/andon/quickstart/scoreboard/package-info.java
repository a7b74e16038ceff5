@NullMarked
package io.andon.quickstart.scoreboard;

import org.jspecify.annotations.NullMarked;
