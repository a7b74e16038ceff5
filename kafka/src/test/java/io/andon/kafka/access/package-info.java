@NullMarked
package io.andon.kafka.access;

import org.jspecify.annotations.NullMarked;
