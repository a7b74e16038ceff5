@NullMarked
package io.andon.broker;

import org.jspecify.annotations.NullMarked;
