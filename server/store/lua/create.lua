-- KEYS meta, state. ARGV expires at (ms), meta JSON, code, QR id, host hash, screen hash, state JSON, revision.
redis.call('HSET', KEYS[1], 'json', ARGV[2], 'code', ARGV[3], 'qr', ARGV[4], 'host', ARGV[5], 'screen', ARGV[6])
redis.call('HSET', KEYS[2], 'json', ARGV[7], 'rev', ARGV[8], 'open', '', 'locked', '0', 'exp', ARGV[1],
  'tickAt', '0', 'present', '0', 'seats', '0', 'answered', '')
redis.call('PEXPIREAT', KEYS[1], ARGV[1])
redis.call('PEXPIREAT', KEYS[2], ARGV[1])
return 1
