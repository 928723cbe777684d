using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Identity;

/// <summary>The SHA-256 of an access token: what it is remembered by, without being kept.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TokenKey(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>The key of a token; false where it has characters that no token of ours has.</summary>
    public static bool TryOf(string token, out TokenKey key)
    {
        key = default;
        Span<byte> ascii = stackalloc byte[token.Length];
        if (Ascii.FromUtf16(token, ascii, out _) != OperationStatus.Done)
            return false;
        // One that is used again saves a third of the time that SHA256.HashData takes, mostly for its context.
        var sha = threadSha ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(ascii);
        sha.GetHashAndReset(MemoryMarshal.AsBytes(new Span<TokenKey>(ref key)));
        return true;
    }

    /// <summary>The SHA-256 itself.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes(new ReadOnlySpan<TokenKey>(in this)).ToArray();

    // A part of a SHA-256 is as good as any hash of it.
    public override int GetHashCode() => unchecked((int)A);

    [ThreadStatic]
    private static IncrementalHash? threadSha;
}

/// <summary>
/// Tokens that were checked before, and whose they are. Only valid ones enter, so that a flood of garbage can
/// push none of them out. Two generations bound it: when the young one is full it becomes the old one, and whoever
/// was not seen since then is forgotten with the next change.
/// </summary>
internal sealed class ValidTokens(int generationMax = 65_536)
{
    private readonly Lock gate = new();
    private Generation young = new();
    private Generation old = new();

    /// <summary>At most two generations, and the few that enter while one changes.</summary>
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

        // The dictionary's own Count takes all of its locks.
        public int Count;
    }
}
