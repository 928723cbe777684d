using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Identity;

/// <summary>The SHA-256 of an access token, by which it is cached without being stored.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TokenKey(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Computes the key of a token; false if it has characters that our tokens do not have.</summary>
    public static bool TryOf(string token, out TokenKey key)
    {
        key = default;
        Span<byte> ascii = stackalloc byte[token.Length];
        if (Ascii.FromUtf16(token, ascii, out _) != OperationStatus.Done)
            return false;
        // Reusing the hash saves a third of the time of SHA256.HashData, which creates a context each time.
        var sha = threadSha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(ascii);
        sha.GetHashAndReset(MemoryMarshal.AsBytes(new Span<TokenKey>(ref key)));
        return true;
    }

    /// <summary>The SHA-256 itself.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(new ReadOnlySpan<TokenKey>(in this)).ToArray();

    // Any part of a SHA-256 is a good hash code.
    public override int GetHashCode() => unchecked((int)A);

    [ThreadStatic]
    private static IncrementalHash? threadSha;
}

/// <summary>
/// A cache of checked tokens and their callers. Only valid tokens enter, so a flood of invalid ones evicts nothing. It
/// has two generations: when the young one is full it becomes the old one, and tokens that were not used since are
/// dropped with the next change.
/// </summary>
internal sealed class ValidTokens(int generationMax = 65_536)
{
    private readonly Lock gate = new();
    private Generation young = new();
    private Generation old = new();

    /// <summary>The number of cached tokens: at most two generations, plus a few that enter during a change.</summary>
    public int Count => young.Count + old.Count;

    public bool TryGet(in TokenKey key, DateTimeOffset now, [NotNullWhen(true)] out Caller? caller)
    {
        caller = null;
        if (!young.Entries.TryGetValue(key, out var entry))
        {
            if (!old.Entries.TryGetValue(key, out entry))
                return false;
            Add(key, entry);
        }

        if (entry.ExpiresAtTicks <= now.UtcTicks)
        {
            young.Entries.TryRemove(key, out _);
            old.Entries.TryRemove(key, out _);
            return false;
        }

        caller = entry.Caller;
        return true;
    }

    public void Add(in TokenKey key, Caller caller, DateTimeOffset expiresAt) =>
        Add(key, new Entry(caller, expiresAt.UtcTicks));

    private void Add(in TokenKey key, Entry entry)
    {
        var generation = young;
        if (!generation.Entries.TryAdd(key, entry))
            return;
        if (Interlocked.Increment(ref generation.Count) < generationMax)
            return;
        lock (gate)
        {
            if (!ReferenceEquals(generation, young))
                return;
            old = young;
            young = new Generation();
        }
    }

    private sealed record Entry(Caller Caller, long ExpiresAtTicks);

    private sealed class Generation
    {
        public readonly ConcurrentDictionary<TokenKey, Entry> Entries = new();

        // ConcurrentDictionary.Count takes all of its locks.
        public int Count;
    }
}
