import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAck, type CdrFormat } from 'voicenter-cdr';
import { type ParsedAck, parseAck } from 'voicenter-cdr/testing';
import { reproducible } from './properties.js';

reproducible(20241126, 300);

const JSON_TYPE = 'application/json';
const HTML_TYPE = 'text/html; charset=UTF-8'; // the default of PHP

const methodResponse = (content: string) =>
  `<?xml version="1.0"?><methodResponse>${content}</methodResponse>`;
const struct = (err: string, errdesc: string) =>
  methodResponse(
    `<params><param><value><struct><member><name>err</name><value>${err}</value></member>` +
      `<member><name>errdesc</name><value>${errdesc}</value></member></struct></value></param></params>`,
  );

const PYTHON_XMLRPC_CLIENT = `<?xml version='1.0'?>
<methodResponse>
<params>
<param>
<value><struct>
<member>
<name>err</name>
<value><int>0</int></value>
</member>
<member>
<name>errdesc</name>
<value><string>OK</string></value>
</member>
</struct></value>
</param>
</params>
</methodResponse>
`;

const PHP_XMLRPC = `<?xml version="1.0" encoding="iso-8859-1"?>
<methodResponse>
<params>
 <param>
  <value>
   <struct>
    <member>
     <name>err</name>
     <value>
      <int>2</int>
     </value>
    </member>
    <member>
     <name>errdesc</name>
     <value>
      <string>Can&#39;t save</string>
     </value>
    </member>
   </struct>
  </value>
 </param>
</params>
</methodResponse>
`;

const XML_RPC_NET = `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<methodResponse>
  <params>
    <param>
      <value>
        <struct>
          <member>
            <name>Err</name>
            <value>
              <i4>0</i4>
            </value>
          </member>
          <member>
            <name>Errdesc</name>
            <value>
              <string />
            </value>
          </member>
        </struct>
      </value>
    </param>
  </params>
</methodResponse>`;

describe('an answer', () => {
  const code = fc.constantFrom(0, 1, 2);
  const format = fc.constantFrom<CdrFormat>('json', 'xml-rpc', 'form');
  const keys = fc.constantFrom('lower' as const, 'pascal' as const);
  const errdesc = fc.string({ unit: fc.constantFrom(...' ab&<>;#39x=%+"\r\n\tשÀ\u{1F600}') });

  it('from buildAck is read back unchanged', () => {
    fc.assert(
      fc.property(code, format, errdesc, keys, (err, format, errdesc, keys) => {
        const { body, headers } = buildAck(err, format, { errdesc, keys });
        const bytes = new TextEncoder().encode(body);
        for (const sent of [body, bytes, bytes.buffer]) {
          expect(parseAck(sent, headers['content-type'])).toEqual({ err, errdesc, format });
        }
      }),
    );
  });

  it.each<[sender: string, body: string, contentType: string | null, ack: ParsedAck]>([
    [
      'PHP, echo json_encode',
      '{"err":0,"errdesc":"OK"}',
      HTML_TYPE,
      { err: 0, errdesc: 'OK', format: 'json' },
    ],
    [
      'PHP, a file with a BOM',
      '\uFEFF{"err":0,"errdesc":"OK"}\n',
      HTML_TYPE,
      { err: 0, errdesc: 'OK', format: 'json' },
    ],
    [
      'PHP, a number as text',
      '{"err":"2","errdesc":"no"}',
      JSON_TYPE,
      { err: 2, errdesc: 'no', format: 'json' },
    ],
    [
      'PHP, escapes',
      '{"err":0,"errdesc":"\\u05d8\\u05d5\\u05d1"}',
      JSON_TYPE,
      { err: 0, errdesc: 'טוב', format: 'json' },
    ],
    [
      'Python, json.dumps',
      '{"err": 1, "errdesc": "Parse error"}',
      JSON_TYPE,
      { err: 1, errdesc: 'Parse error', format: 'json' },
    ],
    [
      'C#, camel case',
      '{\r\n  "err": 0,\r\n  "errDesc": "OK"\r\n}',
      'application/json; charset=utf-8',
      { err: 0, errdesc: 'OK', format: 'json' },
    ],
    [
      'C#, capitals',
      '{"ERR":0,"ERRDESC":"OK","TraceId":"1"}',
      JSON_TYPE,
      { err: 0, errdesc: 'OK', format: 'json' },
    ],
    [
      'PHP, http_build_query',
      'Err=0&Errdesc=All+is+%D7%98%D7%95%D7%91',
      HTML_TYPE,
      { err: 0, errdesc: 'All is טוב', format: 'form' },
    ],
    ['Python, urlencode', 'err=0&errdesc=', null, { err: 0, errdesc: '', format: 'form' }],
    [
      'Python, xmlrpc.client',
      PYTHON_XMLRPC_CLIENT,
      'text/xml',
      { err: 0, errdesc: 'OK', format: 'xml-rpc' },
    ],
    ['PHP, xmlrpc', PHP_XMLRPC, HTML_TYPE, { err: 2, errdesc: "Can't save", format: 'xml-rpc' }],
    ['C#, XML-RPC.NET', XML_RPC_NET, 'text/xml', { err: 0, errdesc: '', format: 'xml-rpc' }],
    [
      'strings without a type',
      struct('1', 'a &amp;amp; b'),
      'text/xml',
      { err: 1, errdesc: 'a &amp; b', format: 'xml-rpc' },
    ],
    [
      'a string for err',
      struct('<string> 0\n</string>', '<![CDATA[<b>]]>'),
      'text/xml',
      { err: 0, errdesc: '<b>', format: 'xml-rpc' },
    ],
  ])('is read: %s', (_, body, contentType, ack) => {
    expect(parseAck(body, contentType)).toEqual(ack);
  });

  it('is read in the charset that its header or declaration names', () => {
    const hebrew = Uint8Array.from([0xf9, 0xec, 0xe5, 0xed]); // in windows-1255
    const around = (before: string, after: string) =>
      Buffer.concat([Buffer.from(before), hebrew, Buffer.from(after)]);
    const json = around('{"err":0,"errdesc":"', '"}');
    expect(parseAck(json, 'application/json; charset=windows-1255').errdesc).toBe('שלום');
    const [before = '', after = ''] = struct('<i4>0</i4>', '|')
      .replace('?>', ' encoding="windows-1255"?>')
      .split('|');
    expect(parseAck(around(before, after), 'text/xml').errdesc).toBe('שלום');
  });
});

describe('an answer that Voicenter would not accept throws a TypeError', () => {
  const noFormat = 'expected JSON, an XML-RPC methodResponse or a form';
  const noResponse = 'expected an XML-RPC methodResponse';

  it.each<[what: string, body: string, message: string]>([
    ['no body', '', `${noFormat}, received ""`],
    ['white space', ' \r\n', `${noFormat}, received ""`],
    ['a word', 'OK', `${noFormat}, received "OK"`],
    ['a number', '0', `${noFormat}, received "0"`],
    ['null', 'null', `${noFormat}, received "null"`],
    ['a PHP notice before it', 'Notice: Undefined index: x\n{"err":0}', noFormat],
    [
      'a PHP warning before it',
      '<br />\n<b>Warning</b>: x{"err":0}',
      `${noResponse}, received "<br />`,
    ],
    ['an HTML page', '<!DOCTYPE html><html><p>502', `${noResponse}, received "<!DOCTYPE html>`],
    ['JSON in XML', '<string xmlns="x">{"err":0}</string>', `${noResponse}, received "<string`],
    [
      'a dict of Python',
      "{'err': 0, 'errdesc': 'OK'}",
      `expected well-formed JSON, received "{'err'`,
    ],
    [
      'JSON with more behind it',
      '{"err":0,"errdesc":"OK"}0',
      'expected well-formed JSON, received',
    ],
    [
      'JSON text of JSON text',
      '"{\\"err\\":0}"',
      'expected an object of err and errdesc, received "{"err":0}"',
    ],
    [
      'a list',
      '[{"err":0,"errdesc":"OK"}]',
      'expected an object of err and errdesc, received "a list"',
    ],
    ['other keys', '{"status":"ok","id":1}', 'expected the key err, received "status, id"'],
    ['no keys', '{}', 'expected the key err, received ""'],
    ['no errdesc', '{"err":0}', 'expected the key errdesc, received "err"'],
    ['a form of something else', 'error=0', 'expected the key err, received "error"'],
    ['another number', '{"err":3,"errdesc":""}', 'expected err to be 0, 1 or 2, received "3"'],
    ['a negative number', 'err=-1&errdesc=', 'expected err to be 0, 1 or 2, received "-1"'],
    ['an empty err', 'err=&errdesc=OK', 'expected err to be 0, 1 or 2, received ""'],
    ['a boolean', '{"err":false,"errdesc":""}', 'expected err to be 0, 1 or 2, received "false"'],
    ['null for err', '{"err":null,"errdesc":""}', 'expected err to be 0, 1 or 2, received "null"'],
    [
      'null for errdesc',
      '{"err":0,"errdesc":null}',
      'expected errdesc to be text, received "null"',
    ],
    ['a number for errdesc', '{"err":0,"errdesc":0}', 'expected errdesc to be text, received "0"'],
    ['a boolean in XML-RPC', struct('<boolean>0</boolean>', ''), 'expected err to be 0, 1 or 2'],
    [
      'XML that is cut off',
      PYTHON_XMLRPC_CLIENT.slice(0, -30),
      'expected well-formed XML, received',
    ],
    ['a response without params', methodResponse(''), 'expected one param, a struct'],
    [
      'a response of two params',
      methodResponse('<params><param/><param/></params>'),
      'expected one param, a struct',
    ],
    [
      'a number in place of a struct',
      methodResponse('<params><param><value><int>0</int></value></param></params>'),
      'expected one param, a struct',
    ],
    [
      'a fault',
      methodResponse(
        '<fault><value><struct><member><name>faultCode</name><value><int>4</int></value></member><member><name>faultString</name><value><string>Too many &amp; few</string></value></member></struct></value></fault>',
      ),
      `${noResponse} without a fault, received "Too many & few"`,
    ],
    [
      'a call in place of a response',
      struct('<int>0</int>', '').replaceAll('methodResponse', 'methodCall'),
      noResponse,
    ],
  ])('%s', (_, body, message) => {
    const parse = () => parseAck(body, 'text/html');
    expect(parse).toThrow(TypeError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/\n/);
  });
});
