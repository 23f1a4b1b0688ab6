/** What the file carries: base64 of deflated JSON, unpacked by the browser itself. */
export async function unpack<T>(id: string): Promise<T> {
  const block = document.getElementById(id);
  if (!block) throw new Error(`the file is cut: it lacks ${id}`);
  const binary = atob(block.textContent ?? "");
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text()) as T;
}
