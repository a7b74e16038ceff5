@NullMarked
package io.andon.quickstart.process;

import org.jspecify.annotations.NullMarked;
