/** Who may do what on Kafka: the catalogue, how it is granted, how it is checked. */
@NullMarked
package io.andon.kafka.access;

import org.jspecify.annotations.NullMarked;
