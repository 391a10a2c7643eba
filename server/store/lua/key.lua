-- KEYS meta. ARGV asking host's hash, role, hash of the new key, 1: the only one from now on, most keys of a role.
-- Keys of a role stand in one field, hashes between spaces; those that were revoked in another, the newest last.
-- Answers what happened, then the hashes that open nothing any more.
local hosts, held = unpack(redis.call('HMGET', KEYS[1], 'host', ARGV[2]))
if not held then return { 'unknown-room' } end
local function listed(list, hash) return string.find(' ' .. list .. ' ', ' ' .. hash .. ' ', 1, true) ~= nil end
if not listed(hosts, ARGV[1]) then return { 'revoked' } end
local count, others = 0, {}
for hash in string.gmatch(held, '%S+') do
  count = count + 1
  if hash ~= ARGV[3] then others[#others + 1] = hash end
end
if ARGV[4] == '1' then
  local gone = redis.call('HGET', KEYS[1], ARGV[2] .. '.gone') or ''
  local all = {}
  for hash in string.gmatch(gone .. ' ' .. table.concat(others, ' '), '%S+') do all[#all + 1] = hash end
  while #all > 32 do table.remove(all, 1) end
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3], ARGV[2] .. '.gone', table.concat(all, ' '))
  return { 'ok', unpack(others) }
end
if listed(held, ARGV[3]) then return { 'ok' } end
if count >= tonumber(ARGV[5]) then return { 'too-many-links' } end
redis.call('HSET', KEYS[1], ARGV[2], held .. ' ' .. ARGV[3])
return { 'ok' }
