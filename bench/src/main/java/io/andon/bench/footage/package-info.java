/** Pictures on their way to detection without Kafka, by the product's own decoder and model. */
@NullMarked
package io.andon.bench.footage;

import org.jspecify.annotations.NullMarked;
