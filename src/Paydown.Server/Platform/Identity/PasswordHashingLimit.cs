using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Lets only so many passwords be hashed at once. Hashing is slow by intent: without a gate, a flood of sign-ins would
/// take every core from the people who are signed in. Those who sign in from where they did so lately have a lane of
/// their own: a flood of strangers does not keep them waiting.
/// </summary>
public sealed class PasswordHashingLimit : IDisposable
{
    private const int WaitingMax = 64;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private readonly Lane strangers;
    private readonly Lane known;

    /// <summary>In both lanes together as many at once as the machine has cores.</summary>
    public PasswordHashingLimit()
        : this(Math.Max(1, Environment.ProcessorCount / 2)) { }

    /// <summary>This many at once in each lane.</summary>
    internal PasswordHashingLimit(int atOnceMax) => (strangers, known) = (new Lane(atOnceMax), new Lane(atOnceMax));

    /// <summary>Whether this is the password; refused if too many others wait.</summary>
    public ValueTask<Result<bool>> VerifyAsync(
        PasswordHash hash,
        string password,
        bool isKnown,
        CancellationToken token
    ) => RunAsync(() => hash.Verify(password), token, isKnown);

    /// <summary>The hash of a new password; refused if too many others wait.</summary>
    public ValueTask<Result<PasswordHash>> CreateAsync(string password, CancellationToken token) =>
        RunAsync(() => PasswordHash.Create(password), token);

    public void Dispose()
    {
        strangers.Dispose();
        known.Dispose();
    }

    internal async ValueTask<Result<T>> RunAsync<T>(Func<T> hash, CancellationToken token, bool isKnown = false)
        where T : notnull
    {
        var lane = isKnown ? known : strangers;
        if (!await lane.TryEnterAsync(token))
            return Refusals.ServiceUnavailable("Too many sign-ins at once; try again.");
        try
        {
            // A thread of its own: the pool's few threads must stay free for requests that take microseconds.
            return await Task.Factory.StartNew(
                hash,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
        finally
        {
            lane.Leave();
        }
    }

    private sealed class Lane(int atOnceMax) : IDisposable
    {
        private readonly SemaphoreSlim free = new(atOnceMax);
        private int waiting;

        public void Leave() => free.Release();

        public void Dispose() => free.Dispose();

        public async ValueTask<bool> TryEnterAsync(CancellationToken token)
        {
            if (Interlocked.Increment(ref waiting) > WaitingMax)
            {
                Interlocked.Decrement(ref waiting);
                return false;
            }

            try
            {
                return await free.WaitAsync(WaitMax, token);
            }
            finally
            {
                Interlocked.Decrement(ref waiting);
            }
        }
    }
}
