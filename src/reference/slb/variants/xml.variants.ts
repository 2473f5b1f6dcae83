/** Lawful differences in how XML is written: a parser reads the same document. */

import { respelling, type DeliveryVariant } from '../../delivery.ts'

export const slbXmlVariants: readonly DeliveryVariant[] = [
  {
    id: 'xml-without-declaration',
    allowedBy: 'XML 1.0, 2.8: the declaration is optional.',
    front: writing((xml) => xml.replace(/^<\?xml[^>]*\?>/, '')),
  },
  {
    id: 'xml-indented',
    allowedBy: 'RemoveVServerGroupBackendServers › Examples: its XML has a line for each element.',
    front: writing((xml) => xml.replaceAll('><', '>\n\t<')),
  },
  {
    id: 'xml-in-cdata',
    allowedBy: 'XML 1.0, 2.7: text may be in a CDATA section.',
    front: writing((xml) => xml.replaceAll(/>([^<>&]+)</g, '><![CDATA[$1]]><')),
  },
  {
    id: 'xml-with-character-references',
    allowedBy: 'XML 1.0, 4.1: a character may be written as a reference to it.',
    front: writing((xml) =>
      xml.replaceAll(/>([^<>&]+)</g, (_, text: string) => `>${text.replaceAll('-', '&#45;')}<`),
    ),
  },
  {
    id: 'xml-with-comments',
    allowedBy: 'XML 1.0, 2.5: comments may be between elements, and have no meaning.',
    front: writing((xml) => xml.replaceAll('</', '<!-- end --></')),
  },
]

function writing(write: (xml: string) => string): NonNullable<DeliveryVariant['front']> {
  return respelling((response) =>
    response.body.startsWith('<') ? { ...response, body: write(response.body) } : response,
  )
}
