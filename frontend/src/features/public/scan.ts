/** The camera and the reader of codes, where a browser has both. */

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const BETWEEN_LOOKS_MS = 250;

function detectorClass(): DetectorClass | undefined {
  return (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

/** Whether this browser can scan; many cannot, and then the code is typed. */
export function canScan(): boolean {
  return detectorClass() !== undefined && navigator.mediaDevices !== undefined;
}

/** The code in what was scanned or typed: the last part of an address, or the whole text. */
export function codeIn(text: string): string {
  return text.trim().split(/[?#]/)[0]?.replace(/\/+$/, "").split("/").at(-1)?.trim() ?? "";
}

/** Look through the camera until a code is found or the signal says to stop; the camera is off afterwards. */
export async function scan(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const Reader = detectorClass();
  if (!Reader) return null;
  const reader = new Reader({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [found] = await reader.detect(video);
      const code = found && codeIn(found.rawValue);
      if (code) return code;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
