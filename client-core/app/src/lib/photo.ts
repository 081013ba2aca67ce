// A picture made fit to travel: a page of A4 stays legible at two thousand pixels, and is a tenth of what cameras give.

/** Longest side; small print on an A4 form is read at some 170 dots an inch. */
const longest = 2_000;
const quality = 0.82;
/** What is no larger than that goes as it is. */
const smallEnough = 700_000;

export interface Picture {
  name: string;
  type: string;
  bytes: Blob;
}

/** The picture smaller, turned as the camera meant it; or the file itself where that gains nothing or it is no picture. */
export async function fit(file: File): Promise<Picture> {
  const whole = { name: file.name, type: file.type, bytes: file };
  if (!file.type.startsWith('image/') || file.size <= smallEnough) return whole;
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    return bytes && bytes.size < file.size ? { name: file.name.replace(/\.\w+$/, '.jpg'), type: 'image/jpeg', bytes } : whole;
  } catch {
    // A format this browser does not draw: it goes as it is.
    return whole;
  }
}
