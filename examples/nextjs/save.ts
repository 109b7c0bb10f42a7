import type { Cdr } from 'voicenter-cdr';

export async function save(cdr: Cdr): Promise<void> {
  const response = await fetch(String(process.env['CRM_URL']), {
    method: 'POST',
    body: JSON.stringify(cdr),
  });
  if (!response.ok) throw new Error(`The CRM answered ${response.status}`);
}
