@NullMarked
package io.andon.quickstart.broker;

import org.jspecify.annotations.NullMarked;
