@NullMarked
package io.andon.kafka;

import org.jspecify.annotations.NullMarked;
