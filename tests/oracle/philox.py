"""Values of Philox4x32-10 for tests/core/random_test.cc, from the algorithm as published.

Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11, section 3.3. Checked first
against the known answers that the authors give for it.
python philox.py > philox.json
"""
import json

M0, M1, W0, W1, MASK = 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85, 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = M0 * c[0], M1 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + W0) & MASK, (k[1] + W1) & MASK]
    return c


assert philox([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
assert philox([MASK] * 4, [MASK] * 2) == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]

cases = []
for seed, purpose, index in [(0, 1, 0), (1000, 1, 9999), (2**63 - 1, 64, 2**40 + 3)]:
    words = []
    for block in range(2):
        words += philox([block, purpose, index & MASK, index >> 32], [seed & MASK, seed >> 32])
    cases.append({"seed": seed, "purpose": purpose, "index": index, "bits": words})
print(json.dumps({"source": "tests/oracle/philox.py", "cases": cases}, indent=1))
