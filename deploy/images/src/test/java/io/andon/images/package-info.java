/** The images' files, laid out in a plain folder and started there. */
@NullMarked
package io.andon.images;

import org.jspecify.annotations.NullMarked;
