/**
 * Embeds a stream of frames inside Flink: the batching operator, the records that go in and out of
 * it and their serializers. The only package of this module that imports Flink.
 */
@NullMarked
package io.andon.embedding.flink;

import org.jspecify.annotations.NullMarked;
