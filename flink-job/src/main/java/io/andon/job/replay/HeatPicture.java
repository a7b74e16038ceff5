package io.andon.job.replay;

import io.andon.contracts.IncidentEvent;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws an incident's peak frame with its heat map and boxes, for people. */
final class HeatPicture {
  /** Smallest width of what is drawn, pixels, so that small pictures can be read. */
  private static final int MIN_WIDTH = 960;

  private static final int CAPTION = 28;
  private static final int ALARM = 128;
  private static final int BYTE_MAX = 255;
  private static final int MOST_OPAQUE = 150;

  private HeatPicture() {}

  /**
   * Draws a PNG.
   *
   * @param picture the peak frame's encoded picture
   * @throws IOException if the picture can't be decoded
   */
  static byte[] draw(byte[] picture, IncidentEvent event) throws IOException {
    BufferedImage frame = ImageIO.read(new ByteArrayInputStream(picture));
    if (frame == null) {
      throw new IOException("the peak frame can't be decoded");
    }
    double scale = Math.max(1, Math.ceil((double) MIN_WIDTH / frame.getWidth()));
    int width = (int) (frame.getWidth() * scale);
    int height = (int) (frame.getHeight() * scale);
    BufferedImage canvas = new BufferedImage(width, height + CAPTION, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.drawImage(frame, 0, 0, width, height, null);
    heat(graphics, event.heat(), width, height);
    boxes(graphics, event, scale);
    caption(graphics, event, height);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(canvas, "png", png)) {
      throw new IOException("no PNG can be written on this Java");
    }
    return png.toByteArray();
  }

  /** Cells from half the alarm level up, yellow to red, the hotter the more opaque. */
  private static void heat(Graphics2D graphics, IncidentEvent.Heat heat, int width, int height) {
    for (int row = 0; row < heat.rows(); row++) {
      for (int column = 0; column < heat.columns(); column++) {
        int value = heat.values()[row * heat.columns() + column] & BYTE_MAX;
        if (value < ALARM / 2) {
          continue;
        }
        double hot = Math.min(1, (value - ALARM / 2) / (double) (BYTE_MAX - ALARM / 2));
        graphics.setColor(
            new Color(
                BYTE_MAX, (int) (BYTE_MAX * (1 - hot)), 0, (int) (40 + hot * (MOST_OPAQUE - 40))));
        int left = column * width / heat.columns();
        int top = row * height / heat.rows();
        graphics.fillRect(
            left,
            top,
            (column + 1) * width / heat.columns() - left,
            (row + 1) * height / heat.rows() - top);
      }
    }
  }

  private static void boxes(Graphics2D graphics, IncidentEvent event, double scale) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    for (IncidentEvent.Box box : event.boxes()) {
      int x = (int) (box.x() * scale);
      int y = (int) (box.y() * scale);
      graphics.setColor(Color.WHITE);
      graphics.setStroke(new BasicStroke(4));
      graphics.drawRect(x, y, (int) (box.width() * scale), (int) (box.height() * scale));
      graphics.setColor(Color.RED);
      graphics.setStroke(new BasicStroke(2));
      graphics.drawRect(x, y, (int) (box.width() * scale), (int) (box.height() * scale));
      label(graphics, String.format(Locale.ROOT, "%.2f", box.score()), x + 4, Math.max(18, y - 6));
    }
  }

  private static void label(Graphics2D graphics, String text, int x, int y) {
    graphics.setColor(Color.BLACK);
    graphics.drawString(text, x + 1, y + 1);
    graphics.setColor(Color.WHITE);
    graphics.drawString(text, x, y);
  }

  private static void caption(Graphics2D graphics, IncidentEvent event, int height) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
    graphics.setColor(Color.WHITE);
    graphics.drawString(
        String.format(
            Locale.ROOT,
            "%s  %s  score %.2f by %s",
            event.camera(),
            event.eventId(),
            event.peakScore(),
            event.channel().wireName()),
        8,
        height + 19);
  }
}
