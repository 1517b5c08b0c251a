import { apiUrl, cookie } from "./http";
import { problemFrom, unreachable } from "./problem";

interface UploadOptions {
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

/** A form upload that reports how much has left the browser, which fetch cannot. */
export function upload<T>(
  path: string,
  form: FormData,
  { onProgress, signal }: UploadOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", apiUrl(path));
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", cookie("csrftoken") ?? "");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.onload = () => {
      const response = new Response(request.responseText, { status: request.status });
      if (response.ok) resolve(response.json() as Promise<T>);
      else problemFrom(response).then(reject, reject);
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
