/** From the bytes of a record to a picture at the size a model takes, in integer arithmetic. */
@NullMarked
package io.andon.embedding.picture;

import org.jspecify.annotations.NullMarked;
