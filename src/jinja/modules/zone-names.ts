/** Abbreviations that the engine's locale data lacks, or has otherwise than the time zone database. */
const NAMED: readonly (readonly [string, string])[] = [
  ['HST HDT', 'America/Adak America/Atka US/Aleutian'],
  [
    'MST MDT',
    'America/Chihuahua America/Ciudad_Juarez America/Mazatlan Mexico/BajaSur America/Dawson America/Hermosillo America/Whitehorse Canada/Yukon',
  ],
  ['CST CDT', 'America/Havana Cuba'],
  ['CST', 'Asia/Chongqing Asia/Chungking Asia/Harbin Asia/Macao Asia/Macau Asia/Shanghai Asia/Taipei PRC ROC'],
  ['HKT', 'Asia/Hong_Kong Hongkong'],
  ['WIB', 'Asia/Jakarta Asia/Pontianak'],
  ['WIT', 'Asia/Jayapura'],
  ['WITA', 'Asia/Makassar Asia/Ujung_Pandang'],
  ['IST IDT', 'Asia/Jerusalem Asia/Tel_Aviv Israel'],
  ['PKT', 'Asia/Karachi'],
  ['PST', 'Asia/Manila'],
  ['KST', 'Asia/Pyongyang Asia/Seoul ROK'],
  ['JST', 'Asia/Tokyo Japan'],
  ['GMT IST', 'Eire Europe/Dublin'],
  ['GMT BST', 'Europe/Guernsey Europe/Isle_of_Man Europe/Jersey'],
  ['MSK', 'Europe/Kirov Europe/Moscow Europe/Simferopol Europe/Volgograd W-SU'],
  ['ChST', 'Pacific/Guam Pacific/Saipan'],
  ['SST', 'Pacific/Midway Pacific/Pago_Pago Pacific/Samoa US/Samoa'],
  [
    '',
    'America/Miquelon Antarctica/Casey Antarctica/Troll Asia/Colombo Asia/Dubai Asia/Muscat Australia/Eucla Australia/LHI Australia/Lord_Howe NZ-CHAT Pacific/Chatham',
  ],
];

const BY_ZONE: ReadonlyMap<string, readonly string[]> = new Map(
  NAMED.flatMap(([names, zones]) => zones.split(' ').map((zone) => [zone, names.split(' ')] as const)),
);

/** The abbreviation of a zone; empty where it has only its offset for a name, undefined where the engine knows best. */
export function zoneAbbreviation(zone: string, isDst: boolean): string | undefined {
  const names = BY_ZONE.get(zone);
  return names === undefined ? undefined : ((isDst ? names[1] : undefined) ?? names[0]);
}

const UPPER = new Set(
  'US GB NZ PRC ROC ROK UCT UTC GMT CET EET EST HST MET MST WET CST6CDT EST5EDT MST7MDT PST8PDT'.split(' '),
);

/** A zone name spelled as the time zone database spells it, whatever its case. */
export function spelledZone(asked: string): string {
  return asked
    .split('/')
    .map((part) => {
      if (UPPER.has(part.toUpperCase())) return part.toUpperCase();
      return part.toLowerCase().replace(/(?:^|[_-])[a-z]/g, (start) => start.toUpperCase());
    })
    .join('/');
}
