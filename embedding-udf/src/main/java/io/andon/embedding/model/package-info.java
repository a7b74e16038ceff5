/** What a model is: its descriptor, its files, its whitening. Knows no engine. */
@NullMarked
package io.andon.embedding.model;

import org.jspecify.annotations.NullMarked;
