/** How clients of Kafka are secured, whatever they do: one shape of settings, one way to fail. */
@NullMarked
package io.andon.kafka;

import org.jspecify.annotations.NullMarked;
