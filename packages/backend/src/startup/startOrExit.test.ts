import { startOrExit } from './startOrExit';

describe('startOrExit', () => {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const exit = jest.fn();

  beforeEach(() => jest.clearAllMocks());
  afterAll(() => stderr.mockRestore());

  it('leaves a backend that has started alone', async () => {
    await startOrExit({ start: async () => undefined }, exit);
    expect(exit).not.toHaveBeenCalled();
  });

  it('ends a process whose backend cannot start, with the reason', async () => {
    const start = async () => {
      throw new Error("Plugin 'catalog' startup failed");
    };
    await startOrExit({ start }, exit);
    expect(exit).toHaveBeenCalledWith(1);
    expect(stderr).toHaveBeenCalledWith(
      "The portal cannot start: Plugin 'catalog' startup failed\n",
    );
  });
});
