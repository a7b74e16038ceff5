@NullMarked
package io.andon.embedding.flink;

import org.jspecify.annotations.NullMarked;
