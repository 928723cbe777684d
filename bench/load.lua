-- The load that wrk sends: one call for many customers, a new idempotency key each time, every response checked.
-- The environment configures it:
--   BENCH_CALL     repay | list | verify
--   BENCH_FILE     the order files, one per thread (FILE.0, FILE.1 …), with one line per order: number, token, customer id, account id,
--                  bank account id, reference; for verify: number, token, repayment id
--   BENCH_TAG      the name of this run, so that its keys are new
--   BENCH_GO       when all threads begin, in seconds of the monotonic clock
--   BENCH_SECONDS  the duration from then on
--   BENCH_MARK     list: the word that every record has
--   BENCH_RECORDS  list: the number of records in every response
--   BENCH_REPEAT   verify: yes if orders may repeat, with new keys; otherwise they must not run out
-- Outside that window it requests only the server's health, so that every order gets its response before wrk ends.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } bench_time;
  int clock_gettime(int clock, bench_time *time);
  int usleep(unsigned int microseconds);
]]
local time = ffi.new("bench_time")

local MONOTONIC, PROCESSOR_OF_THREAD = 1, 3

local function read_clock(clock)
  ffi.C.clock_gettime(clock, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

local function now() return read_clock(MONOTONIC) end

local find, match = string.find, string.match
local call, tag = os.getenv("BENCH_CALL"), os.getenv("BENCH_TAG")
local seconds, records = tonumber(os.getenv("BENCH_SECONDS")), tonumber(os.getenv("BENCH_RECORDS") or "0")
local runs_out = call == "verify" and os.getenv("BENCH_REPEAT") ~= "yes"
local mark = (os.getenv("BENCH_MARK") or "VERIFIED") .. '",'

local HEADERS = "Host: 127.0.0.1\r\nx-fapi-auth-date: 2026-01-31T09:30:00Z\r\nx-fapi-customer-ip-address: 127.0.0.1\r\n"
  .. "x-fapi-interaction-id: bench-" .. tag .. "\r\n"
local HEALTH = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
local LIVE = '{"status":"SUCCESS","data":{"state":"live"}}'
local UUID = "%x%x%x%x%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x"
local REPAID = '^{"status":"SUCCESS","data":{"id":"' .. UUID .. '","repaymentAmount":0%.01,"customerName":"[%a ]+",'
  .. '"email":"customer(%d+)@portfolio%.example","loanProductName":"[%a ]+","repaymentReference":"RF%d%dP%d+",'
  .. '"verificationStatus":"PENDING_VERIFICATION","message":"Your repayment is recorded[^"]+"},'
  .. '"message":"Your repayment is recorded[^"]+"}$'
local LISTED = '^{"status":"SUCCESS","data":%[{"id":"' .. UUID .. '",.-"email":"customer(%d+)@portfolio%.example"'
local VERIFIED = '^{"status":"SUCCESS","data":{"id":"' .. UUID .. '","accountId":"' .. UUID .. '","loanApplicationId":"(' .. UUID
  .. ')","verificationStatus":"VERIFIED",.-"allocation":%[{"installmentNumber":%d+,.-"message":"The repayment is verified'

local orders, nth, size = {}, 0, 0
local go = tonumber(os.getenv("BENCH_GO"))
local finish = go + seconds
-- Read by done(), so they are global.
right, right_in_window, wrong, asked_sum, answered_sum, exhausted, late, first_wrong = 0, 0, 0, 0, 0, 0, 0, ""
-- Processor time of this thread within the window, in microseconds.
processor = 0
local processor_before

local function repay(customer, account, bank, reference, token)
  local body = '{"repaymentAmount":0.01,"customerId":"' .. customer .. '","accountId":"' .. account .. '","bankAccountId":"' .. bank
    .. '","repaymentReference":"' .. reference .. '"}'
  return "POST /api/v1/services/user/repay-loan/" .. customer .. " HTTP/1.1\r\n" .. HEADERS .. "X-Auth-Token: " .. token
    .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\nx-idempotency-key: ", "\r\n\r\n" .. body
end

local function list(customer, token)
  return "GET /api/v1/services/user/list-customer-repayments/" .. customer .. " HTTP/1.1\r\n" .. HEADERS .. "X-Auth-Token: " .. token
    .. "\r\n\r\n"
end

local function verify(repayment, token)
  return "PUT /api/v1/services/admin/repayments/" .. repayment .. "/verify HTTP/1.1\r\n" .. HEADERS .. "X-Auth-Token: " .. token
    .. "\r\nContent-Length: 0\r\nx-idempotency-key: ", "\r\n\r\n"
end

local function read(path)
  for line in io.lines(path) do
    local number, token, a, b, c, d = match(line, "^(%d+)\t(%S+)\t(%S+)\t?(%S*)\t?(%S*)\t?(%S*)$")
    local order = { number = tonumber(number) }
    if call == "repay" then order.head, order.tail = repay(a, b, c, d, token)
    elseif call == "list" then order.head = list(a, token)
    else order.head, order.tail = verify(a, token) end
    orders[#orders + 1] = order
  end
  size = #orders
end

local threads_made = {}

function setup(thread)
  thread:set("thread_number", #threads_made)
  threads_made[#threads_made + 1] = thread
end

function init(args)
  read(os.getenv("BENCH_FILE") .. "." .. thread_number)
end

function request()
  local t = now()
  if t < go or t >= finish or (runs_out and nth >= size) then
    if t >= go and t < finish then exhausted = 1 end
    if t >= finish and nth == 0 then late = 1 end
    if t >= finish and processor == 0 and processor_before then
      processor = (read_clock(PROCESSOR_OF_THREAD) - processor_before) * 1e6
    end
    ffi.C.usleep(1000)
    return HEALTH
  end
  processor_before = processor_before or read_clock(PROCESSOR_OF_THREAD)
  if nth == 0 and t > go + 0.2 then late = 1 end
  nth = nth + 1
  local order = orders[(nth - 1) % size + 1]
  asked_sum = asked_sum + order.number
  if call == "list" then return order.head end
  return order.head .. tag .. "-" .. thread_number .. "-" .. nth .. order.tail
end

local function check_list(body)
  local number = match(body, LISTED)
  local count, at = 0, 0
  repeat
    at = find(body, mark, at + 1, true)
    if at then count = count + 1 end
  until not at
  return count == records and number
end

local function check(body)
  if call == "list" then return check_list(body) end
  if call == "repay" then return match(body, REPAID) end
  return find(body, VERIFIED) and 0
end

function response(status, headers, body)
  local number = status == 200 and check(body)
  if number then
    right = right + 1
    answered_sum = answered_sum + tonumber(number)
    if now() < finish then right_in_window = right_in_window + 1 end
  elseif body ~= LIVE then
    wrong = wrong + 1
    if first_wrong == "" then first_wrong = status .. " " .. body end
  end
end

function done(summary, latency, requests)
  local sum = {
    right = 0, right_in_window = 0, wrong = 0, asked_sum = 0, answered_sum = 0, exhausted = 0, late = 0, processor = 0,
  }
  local example = ""
  for _, thread in ipairs(threads_made) do
    for name in pairs(sum) do sum[name] = sum[name] + thread:get(name) end
    if thread:get("first_wrong") ~= "" then example = thread:get("first_wrong") end
  end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  -- The customer numbers of requests and responses have the same sum: no customer got another's response.
  local mixed = call == "verify" and 0 or math.abs(sum.asked_sum - sum.answered_sum)
  print(string.format("BENCH right=%d counted=%d wrong=%d errors=%d mixed=%d exhausted=%d late=%d processor=%d",
    sum.right, sum.right_in_window, sum.wrong, errors, mixed, sum.exhausted, sum.late, sum.processor))
  if example ~= "" then print("WRONG " .. example:sub(1, 400)) end
end
