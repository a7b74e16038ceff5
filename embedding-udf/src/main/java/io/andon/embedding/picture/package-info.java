/**
 * From the bytes of a record to a picture at the size a model takes. Pure JVM, integer arithmetic.
 */
@NullMarked
package io.andon.embedding.picture;

import org.jspecify.annotations.NullMarked;
